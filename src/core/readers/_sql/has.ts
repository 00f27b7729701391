// What questions ask of a schema before they name its parts: versions of a tracker have other tables and columns.

/** Whether a table is there with all of these columns. */
export type Has = (table: string, ...columns: readonly string[]) => boolean;
