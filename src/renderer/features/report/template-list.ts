// The templates that are kept in the store, apart from any workspace.

import { type ReportTemplate, readTemplate } from '../../../core/report/template';

/** Where they lie among the store's settings. */
export const templatesKey = 'report-templates';
const most = 200;

/** What was stored, which may be damaged: what is no template is dropped. */
export function parseTemplates(stored: unknown): readonly ReportTemplate[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null && typeof one.name === 'string' && one.name !== '')
    .map(readTemplate)
    .slice(0, most);
}

const byName = (a: ReportTemplate, b: ReportTemplate): number => a.name.localeCompare(b.name, 'en', { numeric: true });

/** With this one; another of the same name goes. */
export const withSaved = (list: readonly ReportTemplate[], template: ReportTemplate): readonly ReportTemplate[] =>
  [...withoutTemplate(list, template.name), template].sort(byName);

export const withoutTemplate = (list: readonly ReportTemplate[], name: string): readonly ReportTemplate[] => list.filter((one) => one.name !== name);
