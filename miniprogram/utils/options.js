// Choices as a list shows them: which are on. Held is one value or several, as text.

function marked(options, held) {
  const all = (Array.isArray(held) ? held : [held]).map(String);
  return options.map((one) => Object.assign({}, one, { on: all.includes(String(one.value)) }));
}

module.exports = { marked };
