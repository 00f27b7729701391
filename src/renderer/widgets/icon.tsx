// Line icons on a 16-px grid, drawn here so that nothing is fetched. Decorative unless given a label.

const paths = {
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  'eye-off':
    'M2.5 2.5l11 11M6.2 3.8A6.6 6.6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-2 2.5M4 5a12.5 12.5 0 0 0-2.5 3S4 12.5 8 12.500a6.5 6.5 0 0 0 3-.7M6.6 6.600a2 2 0 0 0 2.8 2.8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.6 10.6 14 14',
  filter: 'M2 3h12l-4.5 5.500V13l-3-1.500v-3L2 3Z',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5 6.5 12 13 4.5',
  minus: 'M3.5 8h9',
  plus: 'M8 3v10M3 8h10',
  'chevron-down': 'M4 6l4 4 4-4',
  'chevron-right': 'M6 4l4 4-4 4',
  'chevron-left': 'M10 4 6 8l4 4',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  folder: 'M2 4.500A1 1 0 0 1 3 3.500h3l1.5 2H13a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4.500Z',
  file: 'M4 1.500h5l3.5 3.500v9H4v-12.500ZM9 1.500V5h3.5',
  code: 'M5.5 4.500 2 8l3.5 3.500M10.5 4.500 14 8l-3.500 3.500',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.500h11',
  copy: 'M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  bookmark: 'M4 2h8v12l-4-3-4 3V2Z',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  group: 'M2.5 3h11M5.5 6.500h8M5.5 10h8M2.5 13.500h11',
  sort: 'M5 3v10M2.5 10.5 5 13l2.5-2.500M11 13V3M8.5 5.5 11 3l2.5 2.5',
  pin: 'M6 2h4l-.5 4.500L12 9H4l2.5-2.500L6 2ZM8 9v5',
  trash: 'M3 4.500h10M6.5 4.500v-2h3v2M4.5 4.500l.5 9h6l.5-9',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6',
  redo: 'M10.5 3l3 3-3 3M13.5 6h-7a4 4 0 0 0 0 8H10',
  warning: 'M8 2 1.5 13.500h13L8 2ZM8 6.500v3.500M8 12h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.500V11M8 5h.01',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.500v4.500M8 11h.01',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.500M8 13.500V15M1 8h1.500M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.500A6 6 0 1 1 6.5 2.500a5 5 0 0 0 7 7Z',
  system: 'M2 3h12v8H2zM5.5 14h5M8 11v3',
  command: 'M6 6h4v4H6zM6 6H4.500A2 2 0 1 1 6 4.500V6ZM10 6V4.500A2 2 0 1 1 11.5 6H10ZM10 10h1.500A2 2 0 1 1 10 11.500V10ZM6 10v1.500A2 2 0 1 1 4.5 10H6Z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.500h.01M6.5 6.500h.01M9 6.500h.01M11.5 6.500h.01M5 9.500h6',
  expand: 'M9.5 2.500h4v4M6.5 13.500h-4v-4M13.5 2.5 9 7M2.5 13.5 7 9',
  settings: 'M2 4.500h7M12 4.500h2M10.5 3v3M2 11.500h2M7 11.500h7M5.5 10v3',
  refresh: 'M13.5 3v3.500H10M13 6.500A5.5 5.5 0 1 0 13.5 9',
  curve: 'M2 2.500v11h11.5M4.500 10.500c1.500-6 3-6 4.500-2.500s3-1 4-3.500',
  image: 'M2 3h12v10H2zM2 11l3.500-3.500 3 3 2-2 3.500 3.500M10.500 6.200h.01',
  play: 'M5 3v10l8-5-8-5Z',
  sidebar: 'M2 3h12v10H2zM6 3v10',
  external: 'M6.5 3.500h-4v10h10v-4M9 2.500h4.500V7M13.5 2.5 7.5 8.5',
} as const;

export type IconName = keyof typeof paths;

/** @param label names the icon for people who do not see it; leave out where text stands beside it */
export function Icon({ name, size = 16, label }: { readonly name: IconName; readonly size?: number; readonly label?: string }) {
  const thick = name === 'more' ? 2 : 1.4;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={thick}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
