// What the language has got since 2020. Not its promises: Dexie keeps transactions alive by the browser's own.
import 'core-js/es/array';
import 'core-js/es/iterator';
import 'core-js/es/map';
import 'core-js/es/object';
import 'core-js/es/set';
import 'core-js/es/string';
import 'core-js/es/typed-array';
import 'core-js/web/structured-clone';
