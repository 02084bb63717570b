import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = [
  '#eef2ff',
  '#e0e7fc',
  '#c0cdf7',
  '#9db1f1',
  '#8199ec',
  '#6680e0',
  '#4d68d2',
  '#3b55bd',
  '#2f479f',
  '#243880',
];
const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f4',
  '#e3e6eb',
  '#d2d7de',
  '#b6bdc8',
  '#8f98a6',
  '#667080',
  '#4b5563',
  '#333c49',
  '#1d242f',
];
const dark: MantineColorsTuple = [
  '#dde1e8',
  '#b6bdca',
  '#8d96a6',
  '#5d6778',
  '#3a4251',
  '#2d3441',
  '#232935',
  '#1a1f29',
  '#131720',
  '#0d1017',
];

/** Colours, letters and sizes. The shades are chosen so that every text reaches 4.5:1 in light and in dark. */
export const theme = createTheme({
  colors: { brand, gray, dark },
  primaryColor: 'brand',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's own grey for lesser text, hints and errors stays below 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4f5968',
    '--mantine-color-placeholder': '#667080',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#2f479f',
    '--mantine-color-text': '#1d242f',
    '--mantine-color-default-border': '#c9cfd8',
  },
  dark: {
    '--mantine-color-dimmed': '#b0b8c5',
    '--mantine-color-placeholder': '#949dad',
    '--mantine-color-error': '#ff9b91',
    '--mantine-color-anchor': '#a9bbf5',
    '--mantine-color-text': '#e4e7ed',
    '--mantine-color-body': '#1a1f29',
    '--mantine-color-default-border': '#414a5a',
  },
});
