const yargs = require(`yargs`);

exports.help = () => {
  // report: it imports `yargs`
  yargs.showHelp((text) => console.log(text));
};
