// A page that lists what belongs to the citizen: loaded when it is shown and when somebody signs in.

const api = require("./api");
const { page } = require("./page");
const { pick } = require("./say");

// given: title and words of the page; where the list is asked for; name under which it comes and is kept; what is added to each.
function listing({ title, words, where, name, more }) {
  return page({
    title,
    data: { w: pick(`app.need_sign_in app.sign_in app.loading form.go_chat ${words}`), [name]: [], loading: false },
    methods: {
      onShow() {
        this.load();
      },
      known() {
        this.load();
      },
      async load() {
        if (!this.data.signed_in) return;
        this.setData({ loading: !this.data[name].length });
        const found = await this.tried(() => api.get(where));
        if (found) this.setData({ [name]: found[name].map((one) => Object.assign(one, more(one))) });
        this.setData({ loading: false });
      },
    },
  });
}

module.exports = { listing };
