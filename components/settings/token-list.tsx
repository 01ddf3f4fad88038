import { useTranslations } from 'next-intl'
import { Button, buttonClass, Chip, FactList, TimeText } from '@/components/ui'
import type { TokenRow } from '@/lib/server/api-tokens'

type Props = {
  label: string
  tokens: readonly TokenRow[]
  environmentNames: ReadonlyMap<string, string>
  /** Names whom a token acts for. */
  withOwner: boolean
  revoke: (form: FormData) => Promise<void>
  now: Date
}

/** Tokens with what they may; no table, so that on a phone the button is in sight. */
export function TokenList({ label, tokens, ...rest }: Props) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-card border border-line">
      {tokens.map((token) => (
        <TokenItem key={token.id} token={token} {...rest} />
      ))}
    </ul>
  )
}

const stateOf = (token: TokenRow, now: Date) =>
  token.revokedAt ? 'revoked' : token.expiresAt <= now ? 'ended' : 'active'

type ItemProps = Omit<Props, 'label' | 'tokens'> & { token: TokenRow }

function TokenItem({ token, environmentNames, withOwner, revoke, now }: ItemProps) {
  const t = useTranslations('tokens')
  const state = stateOf(token, now)
  const places = token.environments?.map((id) => environmentNames.get(id) ?? id).join(', ')
  return (
    <li className="keep grid gap-x-6 gap-y-2 p-3 md:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="font-semibold [overflow-wrap:anywhere]">
          {token.name} {state !== 'active' && <Chip>{t(state)}</Chip>}
        </p>
        <FactList
          className="mt-1"
          facts={[
            ...(withOwner ? [[t('owner'), token.owner.name] as const] : []),
            ['Token', <code key="hint">{token.hint}…</code>],
            [t('scopes'), token.scopes.map((scope) => t(`scopeShort.${scope}`)).join(', ')],
            [t('environments'), places ?? t('all')],
            [t('ends'), <TimeText key="ends" value={token.expiresAt} dateOnly />],
            [t('lastUsed'), token.lastUsedAt ? <TimeText key="used" value={token.lastUsedAt} /> : t('never')],
          ]}
        />
      </div>
      {state === 'active' && <Revoke token={token} revoke={revoke} />}
    </li>
  )
}

/** Two steps, so that no script is cut off by a slip. */
function Revoke({ token: { id, name }, revoke }: { token: TokenRow; revoke: Props['revoke'] }) {
  const t = useTranslations('tokens')
  return (
    <details className="print:hidden md:max-w-64">
      <summary
        className={buttonClass('secondary', 'small', 'list-none [&::-webkit-details-marker]:hidden')}
        aria-label={`${t('revoke')}: ${name}`}
      >
        {t('revoke')}
      </summary>
      <form action={revoke} className="mt-2 grid justify-items-start gap-2">
        <p className="text-table [overflow-wrap:anywhere]">{t('revokeText', { name })}</p>
        <Button type="submit" name="token" value={id} size="small" className="[overflow-wrap:anywhere]">
          {t('revokeSubmit', { name })}
        </Button>
      </form>
    </details>
  )
}
