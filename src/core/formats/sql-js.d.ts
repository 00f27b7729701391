// The build of sql.js that asks for nothing of its platform has the same types as the package.
declare module 'sql.js/dist/sql-wasm-browser.js' {
  import initSqlJs from 'sql.js';
  export default initSqlJs;
}
