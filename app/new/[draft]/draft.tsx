import { getLocale, getTranslations } from 'next-intl/server'
import { removeFile, saveAnswer, saveMx, saveName, splitFiles } from '@/app/new/actions'
import { Notice } from '@/components/ui'
import { AnalyseButton } from '@/components/upload/analyse-button'
import { Answers } from '@/components/upload/answers'
import type { Asking } from '@/components/upload/asking'
import { Collect } from '@/components/upload/collect'
import { commandList } from '@/components/upload/commands'
import { DraftName, MxQuestion } from '@/components/upload/draft-fields'
import { FileList } from '@/components/upload/file-list'
import { QueueProvider } from '@/components/upload/queue-context'
import { Uploader } from '@/components/upload/uploader'
import { answerable, noticeText } from '@/lib/core'
import { formatBytes, formatNumber } from '@/lib/i18n/format'
import type { Locale } from '@/lib/i18n/locales'
import { type Actor, isUnaware } from '@/lib/server/access'
import { type AuditRow, rememberedAnswers } from '@/lib/server/audits'
import { settings } from '@/lib/server/env'
import { environmentsFor } from '@/lib/server/environment-choice'
import { draftFiles } from '@/lib/server/preview'
import type { UploadRow } from '@/lib/server/sources'

const hasDates = ({ sources, facts }: UploadRow): boolean =>
  [...sources.flatMap((s) => s.notices), ...Object.values(facts.settled).flat()].some(
    (n) => n.code === 'date-ambiguous',
  )

async function askingOf(actor: Actor, audit: AuditRow, uploads: readonly UploadRow[], locale: Locale): Promise<Asking> {
  const { maxFileBytes, maxAuditBytes, maxArchiveMembers, maxArchiveRatio, workerMemoryMb, workerTimeoutMs } =
    settings()
  return {
    draft: audit.id,
    environment: audit.environmentName,
    answers: audit.answers,
    remembered: isUnaware(actor) ? {} : await rememberedAnswers(audit.environmentId),
    servers: [...new Set(uploads.flatMap((u) => Object.values(u.facts.servers).flat()))].sort(),
    uploads,
    datesAt: uploads.find(hasDates)?.id ?? null,
    limits: {
      file: formatBytes(maxFileBytes, locale),
      audit: formatBytes(maxAuditBytes, locale),
      members: formatNumber(maxArchiveMembers, locale),
      ratio: formatNumber(maxArchiveRatio, locale),
      memory: formatBytes(workerMemoryMb * 1_000_000, locale),
      time: formatNumber(workerTimeoutMs / 1000, locale),
    },
    save: saveAnswer,
    remove: removeFile,
    split: splitFiles,
  }
}

/** Files in, and beside them what they will answer. On a phone the answers follow the files and the commands come last. */
export async function Draft({ actor, audit }: { actor: Actor; audit: AuditRow }) {
  const t = await getTranslations('upload')
  const locale = await getLocale()
  const [{ uploads, isChecked }, environments] = await Promise.all([draftFiles(audit.id), environmentsFor(actor)])
  const asking = await askingOf(actor, audit, uploads, locale)
  const blocks = uploads.flatMap((upload) => upload.sources.flatMap((source) => source.blocks))
  const answers = answerable(blocks)
  const { maxFileBytes } = settings()
  const stored = uploads.map(({ id, name, status }) => ({ id, name, status }))
  return (
    <QueueProvider draft={audit.id} maxFileBytes={maxFileBytes}>
      <p className="mb-6 max-w-[72ch] text-ink-2">{t('lead')}</p>
      <noscript>
        <Notice level="warning" className="mb-4">
          <p>{t('noscript')}</p>
        </Notice>
      </noscript>
      <div className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0">
          <DraftName
            save={saveName.bind(null, audit.id)}
            environment={audit.environmentName}
            environments={environments.map((e) => e.name)}
            name={audit.name}
          />
          <Uploader draft={audit.id} stored={stored} isChecked={isChecked} maxFileBytes={maxFileBytes} />
          <FileList asking={asking} textOf={(notice) => noticeText(notice, locale)} />
          <MxQuestion save={saveMx.bind(null, audit.id)} value={audit.answers.mx} />
        </div>
        <div className="flex flex-col gap-6 rounded-card border border-line bg-subtle p-4 lg:sticky lg:top-16 lg:row-span-2 lg:max-h-[calc(100vh-5rem)]">
          {/* Scrolls alone: the button below it is always there, and covers nothing. */}
          <div className="-mx-4 px-4 lg:min-h-0 lg:overflow-y-auto">
            <Answers answers={answers} hasFiles={uploads.length > 0} />
          </div>
          <AnalyseButton
            audit={audit.id}
            files={uploads.length}
            unread={uploads.filter((u) => u.status === 'stored' || u.status === 'reading').length}
            usable={blocks.some((b) => b.collection !== null)}
          />
        </div>
        <div className="min-w-0 lg:-mt-8">
          <Collect commands={commandList(blocks, answers)} />
        </div>
      </div>
    </QueueProvider>
  )
}
