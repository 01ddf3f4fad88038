import type { Severity } from '../rules/define-rule'
import type { Protection } from './types'

const light = {
  canvas: '#FFFFFF',
  subtle: '#F5F7F9',
  raised: '#ECEFF3',
  ink: '#16202B',
  'ink-2': '#44505E',
  'ink-3': '#5C6876',
  line: '#D5DBE2',
  'line-strong': '#7C8A99',
  accent: '#1B5E8C',
  focus: '#0B63CE',
  critical: '#66103A',
  high: '#AF2E1F',
  medium: '#BF7300',
  low: '#2E82D4',
  info: '#7E838C',
  passed: '#097065',
  unknown: '#55419C',
}
type ColourName = keyof typeof light

const dark: Record<ColourName, string> = {
  canvas: '#0E1319',
  subtle: '#151C24',
  raised: '#1D2731',
  ink: '#E6EBF1',
  'ink-2': '#B4BFCB',
  'ink-3': '#8F9CAA',
  line: '#2B3742',
  'line-strong': '#66748A',
  accent: '#7FBBE6',
  focus: '#8EC5FF',
  critical: '#EF4F86',
  high: '#E19761',
  medium: '#FEE348',
  low: '#459AE1',
  info: '#ADB7C1',
  passed: '#7CF2CD',
  unknown: '#DBC1FF',
}

/** `page` takes the colours of the page it is drawn in, by its CSS variables; the others carry them. */
export type SvgTheme = 'page' | 'light' | 'dark'
export type Colour = (name: ColourName) => string

export const coloursOf = (theme: SvgTheme): Colour =>
  theme === 'page' ? (name) => `var(--color-${name})` : (name) => (theme === 'dark' ? dark : light)[name]

export const severityColour: Readonly<Record<Severity, ColourName>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'info',
}

/** Dash and width tell the classes apart without colour; `mark` repeats it for lines that are drawn over each other. */
export const strokes: Readonly<
  Record<Protection, { width: number; dash: string | null; colour: ColourName; mark: 'ticks' | 'lock' | null }>
> = {
  mutual: { width: 3, dash: null, colour: 'passed', mark: 'ticks' },
  checked: { width: 2, dash: null, colour: 'accent', mark: 'lock' },
  required: { width: 2, dash: '12 3', colour: 'accent', mark: null },
  offered: { width: 1.75, dash: '7 4', colour: 'ink-3', mark: null },
  none: { width: 2.5, dash: '2 5', colour: 'high', mark: null },
  unknown: { width: 1.75, dash: '1 4', colour: 'unknown', mark: null },
}
