import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { ByHand, Script, SourceText, wishesOf } from '@/components/collect'
import { PageHeader, Section } from '@/components/ui'
import { Commands } from '@/components/upload/collect'
import { commandList } from '@/components/upload/commands'
import { collectScript, type SearchParams } from '@/lib/core'
import { enter } from '@/lib/server/gate'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('collect'))('title') }
}

/** All ways to collect, for whoever runs the commands: it needs no audit, and can be sent as a link. */
export default async function CollectPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await enter('self')
  const t = await getTranslations('collect')
  const wishes = wishesOf(await searchParams)
  return (
    <Shell>
      <div className="mx-auto max-w-reading">
        <PageHeader title={t('title')} meta={t('intro')} />
        <Section id="script" title={t('script')}>
          {/* another address, another form: fields keep what was typed otherwise */}
          <Script key={JSON.stringify(wishes)} wishes={wishes} />
        </Section>
        <Section id="source" title={t('source')} description={t('sourceText', { name: collectScript.name })}>
          <details open>
            <summary className="tap py-1 font-semibold">
              {t('lines', { count: collectScript.text.split('\n').length - 1 })}
            </summary>
            <SourceText text={collectScript.text} label={collectScript.name} />
          </details>
        </Section>
        <Section id="commands" title={t('commands')} description={t('commandsText')}>
          <Commands commands={commandList([], [])} />
        </Section>
        <Section id="by-hand" title={t('byHand')}>
          <ByHand />
        </Section>
      </div>
    </Shell>
  )
}
