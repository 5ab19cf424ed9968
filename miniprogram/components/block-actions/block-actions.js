// Buttons of a block. A press goes up to the page as {id, label}.

Component({
  options: { addGlobalClass: true },
  properties: { items: { type: Array, value: [] }, live: { type: Boolean, value: true } },
  methods: {
    press(event) {
      const { id, label } = this.data.items[event.currentTarget.dataset.at];
      this.triggerEvent("press", { id, label }, { bubbles: true, composed: true });
    },
  },
});
