// What the phone keeps between starts. A phone that keeps nothing still works.

function get(key, otherwise) {
  try {
    const found = wx.getStorageSync(key);
    return found === "" || found === undefined || found === null ? otherwise : found;
  } catch (error) {
    return otherwise;
  }
}

function put(key, value) {
  try {
    wx.setStorageSync(key, value);
  } catch (error) {
    // full, or not allowed: then it is gone after the next start
  }
}

function drop(key) {
  try {
    wx.removeStorageSync(key);
  } catch (error) {
    // as above
  }
}

module.exports = { get, put, drop };
