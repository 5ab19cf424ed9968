// Several files in one request: WeChat's own upload takes one at a time, and a paper of three pages is one paper.

const BOUNDARY = "----yjs-pages-7d1f3a90c2";
const TYPES = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", pdf: "application/pdf" };

const bytes = (text) => Uint8Array.from(text, (one) => one.charCodeAt(0));

function content(filePath) {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().readFile({ filePath, success: ({ data }) => resolve(new Uint8Array(/** @type {ArrayBuffer} */ (data))), fail: reject });
  });
}

function part(name, more) {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
}

// The body with the fields first and then every file as "file". Names and values are plain ASCII.
async function body(fields, paths) {
  const pieces = Object.keys(fields).map((name) => bytes(`${part(name, "")}${fields[name]}\r\n`));
  for (const [place, path] of paths.entries()) {
    const ending = path.split(".").pop().toLowerCase();
    pieces.push(bytes(part("file", `; filename="${place + 1}.${ending}"\r\nContent-Type: ${TYPES[ending] || "application/octet-stream"}`)), await content(path), bytes("\r\n"));
  }
  pieces.push(bytes(`--${BOUNDARY}--\r\n`));
  const whole = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
  pieces.reduce((at, one) => { whole.set(one, at); return at + one.length; }, 0);
  return whole.buffer;
}

module.exports = { body, TYPE: `multipart/form-data; boundary=${BOUNDARY}` };
