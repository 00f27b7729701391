// Tells the exporter's tables from other Parquet files by the names of their columns, without parsing the footer.

import { readExactly } from '../../formats/bytes';
import type { SourceFile } from '../../source/source';

const names = ['project_id', 'run_id', 'attribute_path', 'attribute_type'];
/** The schema stands at the beginning of the footer. */
const schemaBytes = 16 * 1024;

export async function looksLikeExport(file: SourceFile, signal: AbortSignal): Promise<boolean> {
  const tail = await readExactly(file, Math.max(0, file.size - 8), 8, signal);
  if (tail.length < 8) return false;
  const footer = new DataView(tail.buffer).getUint32(0, true);
  if (footer + 8 > file.size) return false;
  const schema = await readExactly(file, file.size - 8 - footer, Math.min(footer, schemaBytes), signal);
  const text = new TextDecoder('latin1').decode(schema);
  return names.every((name) => text.includes(name));
}
