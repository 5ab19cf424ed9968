// Words with line breaks, as paragraphs.

const lines = (text) => String(text || "").split(/\n+/).filter(Boolean);

module.exports = { lines };
