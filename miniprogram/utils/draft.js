// One draft: every answer is saved as it is given, one change after the other over the revision that the one before gave.

const api = require("./api");

class Draft {
  // show(draft) for every newer state of it.
  constructor(id, show) {
    Object.assign(this, { id, show, address: `/api/v1/drafts/${encodeURIComponent(id)}`, now: null, queue: Promise.resolve() });
  }

  take(draft) {
    this.now = draft;
    this.show(draft);
    return draft;
  }

  async load() {
    return this.take(await api.get(this.address));
  }

  // made: {path, value, do: put|skip|contest, reason}. Rejects with the sentence to show at its place.
  change(made) {
    const mine = this.queue.then(() => this.make(made, true));
    this.queue = mine.catch(() => {});
    return mine;
  }

  async make(made, again) {
    try {
      return this.take(await api.post(`${this.address}/changes`, Object.assign({ revision: this.now.revision }, made)));
    } catch (error) {
      if (error.status !== 409) throw error;
      await this.load();
      if (again && error.body.reason === "stale") return this.make(made, false);
      throw error;
    }
  }

  consent(given) {
    return api.post(`${this.address}/consent`, { given }).then((draft) => this.take(draft));
  }

  async submit(name) {
    return (await api.post(`${this.address}/submit`, { name })).number;
  }

  async upload(slot, paths) {
    for (const path of paths) this.take(await api.upload(this.id, slot, path));
  }

  async drop(file) {
    this.take(await api.remove(`/api/v1/files/${file}`));
  }
}

// The parts of a draft in their order; in a correction only what it reopens.
function parts(draft, words) {
  const only = draft.state === "correcting";
  const shown = (list) => (only ? list.filter((one) => one.editable || one.demand) : list);
  const found = [{ key: "situations", title: words.situations, situations: shown(draft.situations), fields: [] }];
  draft.sections.forEach((one, place) => found.push({ key: `s${place}`, title: one.title, situations: [], fields: shown(one.fields) }));
  return found.filter((one) => one.situations.length || one.fields.length).map((one) => Object.assign(one, { left: left(one) }));
}

function left({ situations, fields }) {
  return situations.filter((one) => one.value === null).length + fields.filter((one) => one.status === "missing" && one.required).length;
}

// Which part holds a path; -1 for a material, or somewhere else.
function place(list, path) {
  return list.findIndex((one) => one.situations.some((each) => each.key === path) || one.fields.some((each) => each.path === path));
}

module.exports = { Draft, parts, place };
