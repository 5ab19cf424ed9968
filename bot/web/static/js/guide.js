// The guide page works without a script; this only prints it, with everything unfolded.
const button = document.getElementById("print"), folded = () => document.querySelectorAll("details:not([open])");
button.hidden = false;
button.addEventListener("click", () => window.print());
addEventListener("beforeprint", () => folded().forEach((one) => { one.open = true; }));
