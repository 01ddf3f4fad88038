import { useTranslations } from 'next-intl'
import { Button, Section } from '@/components/ui'

type PlainAction = (form: FormData) => Promise<void>
type Props = {
  left: number
  isProved: boolean
  /** Codes that were just made, and the key to them; null otherwise. */
  shown: { readonly codes: readonly string[]; readonly note: string } | null
  actions: { readonly renew: PlainAction; readonly kept: PlainAction }
}

function Shown({ codes, note, kept }: { codes: readonly string[]; note: string; kept: PlainAction }) {
  const t = useTranslations('profile')
  return (
    <div className="max-w-reading rounded-card border border-line-strong bg-subtle p-4">
      <p>{t('codesText')}</p>
      <ul className="my-4 grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-2 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <form action={kept}>
        <input type="hidden" name="note" value={note} />
        <Button type="submit" kind="primary">
          {t('codesKept')}
        </Button>
      </form>
    </div>
  )
}

/** The codes for the day on which the phone is lost. */
export function RecoverySettings({ left, isProved, shown, actions }: Props) {
  const t = useTranslations('profile')
  return (
    <Section level={3} title={t('codesTitle')}>
      {shown && <Shown codes={shown.codes} note={shown.note} kept={actions.kept} />}
      {!shown && <p>{t('codesLeft', { count: left })}</p>}
      {!shown && isProved && (
        <form action={actions.renew} className="mt-2">
          <Button type="submit" size="small">
            {t('codesNew')}
          </Button>
          <p className="mt-1 text-table text-ink-2">{t('codesNewHint')}</p>
        </form>
      )}
    </Section>
  )
}
