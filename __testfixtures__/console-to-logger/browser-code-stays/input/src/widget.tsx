export function Widget() {
  // report: it may run in a browser: it renders JSX
  console.log('rendering');
  return <b>hello</b>;
}
