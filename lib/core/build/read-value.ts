import type { Diagnostic, ReportValue } from '../model'

/** Outcome of reading one value. `notice` is what has to be said about it. */
export type ReadValue = {
  readonly state: 'ok' | 'empty' | 'null' | 'truncated' | 'unusable' | 'ambiguous'
  readonly value?: ReportValue
  readonly notice?: Diagnostic['code']
  /** More for the text of the notice. */
  readonly params?: Readonly<Record<string, string>>
}
