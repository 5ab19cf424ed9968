// Photos and files: by camera, from the album, or from a WeChat chat. Consent to it is asked by WeChat at that moment.

const MOST = 9;

// Paths of what was chosen; none when somebody changed their mind.
function choose(source) {
  return source === "file" ? fromChat() : new Promise((resolve) => {
    wx.chooseMedia({ count: MOST, mediaType: ["image"], sourceType: [source], sizeType: ["compressed"],
      success: ({ tempFiles }) => resolve(tempFiles.map((one) => one.tempFilePath)), fail: () => resolve([]) });
  });
}

function fromChat() {
  return new Promise((resolve) => {
    wx.chooseMessageFile({ count: MOST, type: "file", extension: ["pdf", "jpg", "jpeg", "png"],
      success: ({ tempFiles }) => resolve(tempFiles.map((one) => one.path)), fail: () => resolve([]) });
  });
}

module.exports = { choose };
