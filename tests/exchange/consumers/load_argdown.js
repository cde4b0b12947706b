// Loads an Argdown FILE with @argdown/core and prints the statements and relations it found.
const { readFileSync } = require("fs");
const { createRequire } = require("module");
const [folder, file] = process.argv.slice(2);
const core = createRequire(folder + "/")("@argdown/core");
const app = new core.ArgdownApplication();
app.addPlugin(new core.ParserPlugin(), "parse");
app.addPlugin(new core.DataPlugin(), "data");
app.addPlugin(new core.ModelPlugin(), "model");
const read = app.run({
  input: readFileSync(file, "utf8"),
  process: ["parse", "data", "model"],
  throwExceptions: true,
  logLevel: "silent",
});
const statements = {};
for (const [title, each] of Object.entries(read.statements || {})) {
  const defined = each.members.filter((member) => !member.isReference);
  statements[title] = { texts: defined.map((member) => member.text), data: each.data };
}
const relations = (read.relations || []).map((each) => [
  each.from.title,
  each.relationType,
  each.to.title,
]);
const found = {
  errors: (read.parserErrors || []).map((each) => each.message),
  arguments: Object.keys(read.arguments || {}),
  statements,
  relations,
};
console.log(JSON.stringify(found));
