// The Table tab.

import type { Tab } from '../../registry/tabs';
import { TableView } from './table-view';

export const tab: Tab = { meta: { id: 'table', title: 'Table', order: 10, key: '1' }, Component: TableView };
