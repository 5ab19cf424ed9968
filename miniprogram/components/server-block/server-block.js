// One block as the server sends it. One that this version does not know shows its plain text.

Component({
  options: { addGlobalClass: true },
  properties: { block: Object, live: { type: Boolean, value: true } },
});
