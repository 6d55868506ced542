export const makeParts = ({ readPart }) => ({
  lines: (name) => readPart(`parts/${name}`).split('\n').length,
});
