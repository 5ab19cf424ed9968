// WeChat asks for consent before anything private is used; we show what it is for and pass the answer on.

const state = { resolve: null, show: null };

// The page in front says how it shows the question.
function shownBy(show) {
  state.show = show;
}

function watch() {
  if (!wx.onNeedPrivacyAuthorization) return;
  wx.onNeedPrivacyAuthorization((resolve) => {
    state.resolve = resolve;
    if (state.show) state.show(true);
    else answer(false);
  });
}

function answer(agreed) {
  if (state.resolve) state.resolve(agreed ? { event: "agree", buttonId: "privacy-agree" } : { event: "disagree" });
  state.resolve = null;
  if (state.show) state.show(false);
}

module.exports = { shownBy, watch, answer };
