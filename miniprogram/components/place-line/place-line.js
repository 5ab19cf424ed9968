// Where a draft is handled, at the head of its form. Another place first says what it changes.

const api = require("../../utils/api");
const { sure } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { draft: { type: Object, value: null, observer: "show" } },
  data: { w: pick("form.place_change"), place: null, said: "", open: false, others: [], error: "" },
  methods: {
    async show(draft) {
      const place = (draft && draft.place) || null;
      const open = Boolean(place) && draft.state === "open";
      this.setData({ place, open, said: place ? say("form.place", { place: place.title }) : "" });
      if (open && this.shown !== place.region) {
        this.shown = place.region;
        await this.tried(async () => {
          const { places } = await api.get(`/api/v1/places?one_thing=${encodeURIComponent(draft.one_thing)}`);
          this.setData({ others: places.filter((one) => one.region !== place.region) });
        });
      }
    },
    choose(event) {
      const { draft, others } = this.data, to = others[Number(event.detail.value)];
      return to && this.tried(async () => {
        const address = `/api/v1/drafts/${encodeURIComponent(draft.id)}/place`;
        const { place, changes } = await api.get(`${address}?region=${to.region}`);
        const told = changes.length ? changes.map(([label, text]) => `${label}：${text}`).join("\n") : say("form.place_same");
        if (await sure(say("form.place_title"), told, say("form.place_go", { place: place.title }), say("form.place_stay"))) {
          await api.post(address, { region: to.region, revision: draft.revision });
          this.triggerEvent("moved");
        }
      });
    },
    async tried(work) {
      this.setData({ error: "" });
      try {
        await work();
      } catch (error) {
        this.setData({ error: error.message });
        if (error.status === 409) this.triggerEvent("moved");
      }
    },
  },
});
