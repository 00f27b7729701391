// Colours of the chart's own parts; runs bring theirs. The same tones as the page's tokens.

export interface ChartTheme {
  readonly dark: boolean;
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly grid: string;
  readonly axis: string;
  readonly font: string;
}

// No quotes: ECharts writes the name into an SVG attribute as it is.
const font = 'system-ui, -apple-system, Segoe UI, Inter, Open Sans, Helvetica Neue, sans-serif';

export const lightTheme: ChartTheme = { dark: false, background: '#ffffff', text: '#171b20', faintText: '#68717c', grid: '#edf0f2', axis: '#c9cfd5', font };
export const darkTheme: ChartTheme = { dark: true, background: '#14171b', text: '#e7eaee', faintText: '#8c96a1', grid: '#22272d', axis: '#3a424b', font };
