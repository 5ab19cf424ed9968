// How large the type is: put on before the server has said who is here, so that nothing is small first and large then.

const KEPT = "yjs-look";

export function look(elder, scale) {
  const root = document.documentElement;
  root.classList.toggle("elder", elder);
  root.style.setProperty("--scale", String(scale / 100));
  try {
    localStorage.setItem(KEPT, JSON.stringify({ elder, scale }));
  } catch {
    // a browser that keeps nothing waits for the server
  }
}

try {
  const { elder, scale } = JSON.parse(localStorage.getItem(KEPT));
  look(elder === true, scale >= 100 && scale <= 200 ? scale : 100);
} catch {
  // nothing was kept
}
