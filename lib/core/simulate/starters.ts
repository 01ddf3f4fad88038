import type { Example } from './examples'
import { emptyForm, type SimForm } from './form'
import type { Disposition } from './types'

export const starterKinds = ['no-relay', 'cloud-arrives', 'not-as-us'] as const
export type StarterKind = (typeof starterKinds)[number]

/** An expectation that most organisations have, as a question about this one. */
export type Starter = { readonly kind: StarterKind; readonly form: SimForm; readonly expected: Disposition }

/** Made from the questions that the exports allow: without receive connectors there is none about relay. `to` empty is every server. */
export function startersOf(examples: readonly Example[]): readonly Starter[] {
  const of = (kind: Example['kind'], change: Partial<SimForm>): SimForm | null => {
    const found = examples.find((e) => e.kind === kind)
    return found ? { ...emptyForm, ...found.form, ...change } : null
  }
  const all = [
    { kind: 'no-relay', form: of('stranger-relay', { to: '' }), expected: 'rejected' },
    { kind: 'cloud-arrives', form: of('cloud', {}), expected: 'accepted' },
    { kind: 'not-as-us', form: of('stranger-as-us', { to: '' }), expected: 'rejected' },
  ] as const
  return all.flatMap(({ kind, form, expected }) => (form ? [{ kind, form, expected }] : []))
}
