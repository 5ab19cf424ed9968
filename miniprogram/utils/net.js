// Whether there is a network and whether we are in front: WeChat cuts requests five seconds after we go to the back.

const state = { online: true, front: true };
const listeners = new Set();

function changed() {
  listeners.forEach((listener) => listener(state));
}

// listener(state) at every change; returns how to stop.
function on(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function watch() {
  wx.onNetworkStatusChange(({ isConnected }) => {
    state.online = isConnected;
    changed();
  });
  wx.getNetworkType({ success: ({ networkType }) => {
    state.online = networkType !== "none";
    changed();
  } });
}

function awake() {
  state.front = true;
  changed();
}

function asleep() {
  state.front = false;
  changed();
}

module.exports = { state, on, watch, awake, asleep };
