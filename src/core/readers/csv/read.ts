// Tables are read as every table of a history is.

export { readTables as read } from '../_history/table-rows';
