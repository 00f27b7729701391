// The parts of ECharts that are used, registered once.

import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([LineChart, ScatterChart, CustomChart, GridComponent, CanvasRenderer, SVGRenderer]);

export type { ECharts } from 'echarts/core';
export { init };
