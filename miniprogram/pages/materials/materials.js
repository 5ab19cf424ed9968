// The materials of a draft.

const { Draft } = require("../../utils/draft");
const photo = require("../../utils/photo");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

page({
  title: "form.materials",
  data: { w: pick("app.loading form.materials form.uploading form.next mini.check"), draft: null, slots: [], errors: {}, uploading: false, said: "" },
  methods: {
    onLoad({ id }) {
      this.draft = new Draft(id, (draft) => this.show(draft));
      this.tried(() => this.draft.load());
    },
    show(draft) {
      if (this.gone) return;
      const slots = draft.state === "correcting" ? draft.materials.filter((one) => one.editable || one.demand) : draft.materials;
      this.setData({ draft, slots, said: draft.left ? say("form.left", { count: draft.left }) : say("form.left_none") });
    },
    // Do it for one material, and say at that material what went wrong.
    async at(key, work) {
      try {
        await work();
        this.setData({ errors: Object.assign({}, this.data.errors, { [key]: "" }) });
      } catch (error) {
        this.setData({ errors: Object.assign({}, this.data.errors, { [key]: error.message }) });
      }
    },
    async add(event) {
      const { slot, key, from } = event.detail;
      const paths = await photo.choose(from);
      if (!paths.length) return;
      this.setData({ uploading: true });
      await this.at(key, () => this.draft.upload(slot, paths));
      this.setData({ uploading: false });
    },
    change(event) {
      return this.at(event.detail.path, () => this.draft.change(event.detail));
    },
    drop(event) {
      return this.at(event.detail.key, () => this.draft.drop(event.detail.file));
    },
  },
});
