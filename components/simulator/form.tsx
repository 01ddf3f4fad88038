import { useTranslations } from 'next-intl'
import type { ComponentProps, ReactNode } from 'react'
import { Button } from '@/components/ui'
import type { Choices, FormField, FormProblem, SimForm } from '@/lib/core'
import { Field } from './field'

type Props = { base: string; form: SimForm; choices: Choices; problems: readonly FormProblem[] }

/** The question as a form. A GET form: the answer has an address of its own, and nothing of it needs a script. */
export function SimulatorForm({ base, form, choices, problems }: Props) {
  const t = useTranslations('simulator')
  const part = { form, choices, problems }
  return (
    <form action={`${base}/simulate#answer`} aria-label={t('form')} className="space-y-5 print:hidden">
      <FromPart {...part} />
      <ToPart {...part} />
      <MessagePart {...part} />
      <Button type="submit" kind="primary" className="w-full">
        {t('submit')}
      </Button>
    </form>
  )
}

type Part = Omit<Props, 'base'>

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="space-y-3">
      <legend className="mb-2 font-semibold">{title}</legend>
      {children}
    </fieldset>
  )
}

function useError(problems: readonly FormProblem[]) {
  const t = useTranslations('simulator')
  return (field: FormField): string | undefined => {
    const problem = problems.find((p) => p.field === field)?.problem
    if (problem === undefined) return undefined
    return t.has(`problem.${problem}` as 'problem.choice')
      ? t(`problem.${problem}` as 'problem.choice')
      : t('problem.choice')
  }
}

const Text = (props: ComponentProps<'input'>) => (
  <input className="field" type="text" autoComplete="off" spellCheck={false} autoCapitalize="none" {...props} />
)

function Select({ options, ...rest }: ComponentProps<'select'> & { options: readonly (readonly [string, string])[] }) {
  return (
    <select className="field" {...rest}>
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

function FromPart({ form, choices, problems }: Part) {
  const t = useTranslations('simulator')
  const error = useError(problems)
  const starts = [
    ['', t('start.session')],
    ['on-premises', t('start.mailbox')],
    ['exchange-online', t('start.cloud')],
  ] as const
  return (
    <Group title={t('group.from')}>
      <Field id="sim-start" label={t('field.start')} error={error('start')}>
        {(a) => <Select {...a} name="start" defaultValue={form.start} options={starts} />}
      </Field>
      <Field id="sim-from" label={t('field.from')} hint={t('hint.from')} error={error('from')}>
        {(a) => <Text {...a} name="from" defaultValue={form.from} maxLength={100} />}
      </Field>
      <CertificateField form={form} choices={choices} error={error('cert')} />
      <div className="grid grid-cols-2 gap-3">
        <Field id="sim-auth" label={t('field.auth')} error={error('auth')}>
          {(a) => (
            <Select
              {...a}
              name="auth"
              defaultValue={form.auth || 'none'}
              options={[
                ['none', t('auth.none')],
                ['user', t('auth.user')],
                ['exchange-server', t('auth.server')],
              ]}
            />
          )}
        </Field>
        <Field id="sim-tls" label={t('field.tls')} error={error('tls')}>
          {(a) => (
            <Select
              {...a}
              name="tls"
              defaultValue={form.tls || 'starttls'}
              options={[
                ['starttls', t('tls.starttls')],
                ['none', t('tls.none')],
              ]}
            />
          )}
        </Field>
      </div>
    </Group>
  )
}

/** Known certificates, the service and a foreign tenant; a name of one's own has a field that shows when it is chosen. */
function CertificateField({ form, choices, error }: { form: SimForm; choices: Choices; error: string | undefined }) {
  const t = useTranslations('simulator')
  const known = ['', 'exchange-online', 'other-tenant', ...choices.certificates]
  const isOwn = !known.includes(form.cert)
  return (
    <div className="group/cert space-y-3">
      <Field id="sim-cert" label={t('field.cert')} error={error}>
        {(a) => (
          <select {...a} className="field" name="cert" defaultValue={isOwn ? 'name' : form.cert || 'none'}>
            <option value="none">{t('cert.none')}</option>
            <option value="exchange-online">{t('cert.cloud')}</option>
            <option value="other-tenant">{t('cert.tenant')}</option>
            {choices.certificates.length > 0 && (
              <optgroup label={t('cert.known')}>
                {choices.certificates.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </optgroup>
            )}
            <option value="name">{t('cert.other')}</option>
          </select>
        )}
      </Field>
      <Field id="sim-name" label={t('field.name')} className="hidden group-has-[option[value=name]:checked]/cert:block">
        {(a) => <Text {...a} name="name" defaultValue={isOwn ? form.cert : ''} maxLength={255} />}
      </Field>
    </div>
  )
}

function ToPart({ form, choices, problems }: Part) {
  const t = useTranslations('simulator')
  const error = useError(problems)
  const names = choices.servers.map((s) => s.name)
  const extra = form.to === '' || form.to === 'exchange-online' || names.includes(form.to) ? [] : [form.to]
  const options = [
    ['', t('server.any')],
    ...choices.servers.map((s) => [s.name, s.isEdge ? t('server.edge', { name: s.name }) : s.name] as const),
    ...extra.map((name) => [name, t('server.notInFiles', { name })] as const),
    ['exchange-online', t('server.cloud')],
  ] as const
  return (
    <Group title={t('group.to')}>
      <div className="grid grid-cols-[2fr_1fr] gap-3">
        <Field
          id="sim-to"
          label={t('field.to')}
          error={error('to')}
          hint={choices.more.servers > 0 && t('hint.moreServers', { count: choices.more.servers })}
        >
          {(a) => <Select {...a} name="to" defaultValue={form.to} options={options} />}
        </Field>
        <Field id="sim-port" label={t('field.port')} error={error('port')}>
          {(a) => (
            <Text
              {...a}
              name="port"
              inputMode="numeric"
              list="sim-ports"
              defaultValue={form.port || '25'}
              maxLength={5}
            />
          )}
        </Field>
      </div>
      {(choices.locals.length > 0 || form.local !== '') && (
        <Field id="sim-local" label={t('field.local')} hint={t('hint.local')} error={error('local')}>
          {(a) => <Text {...a} name="local" list="sim-locals" defaultValue={form.local} maxLength={100} />}
        </Field>
      )}
      <datalist id="sim-locals">
        {choices.locals.map((address) => (
          <option key={address} value={address} />
        ))}
      </datalist>
      <datalist id="sim-ports">
        {choices.ports.map((port) => (
          <option key={port} value={port} />
        ))}
      </datalist>
    </Group>
  )
}

function MessagePart({ form, choices, problems }: Part) {
  const t = useTranslations('simulator')
  const error = useError(problems)
  return (
    <Group title={t('group.message')}>
      <Field id="sim-sender" label={t('field.sender')} hint={t('hint.sender')} error={error('sender')}>
        {(a) => (
          <Text {...a} name="sender" list="sim-domains" inputMode="url" defaultValue={form.sender} maxLength={255} />
        )}
      </Field>
      <Field id="sim-rcpt" label={t('field.rcpt')} error={error('rcpt')}>
        {(a) => <Text {...a} name="rcpt" list="sim-domains" inputMode="url" defaultValue={form.rcpt} maxLength={255} />}
      </Field>
      <Field id="sim-size" label={t('field.size')} error={error('size')}>
        {(a) => <Text {...a} name="size" inputMode="decimal" defaultValue={form.size} maxLength={10} />}
      </Field>
      <datalist id="sim-domains">
        {choices.domains.map((domain) => (
          <option key={domain} value={domain} />
        ))}
      </datalist>
    </Group>
  )
}
