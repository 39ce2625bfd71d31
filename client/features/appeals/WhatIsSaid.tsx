import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { CaptionText } from '#client/ui/caption/CaptionText.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AppealDetail } from '#shared/contract/appeals.ts'
import css from './appeals.module.css'
import { Fact } from './Fact.tsx'

const fold = { characters: 3_000, lines: 30 }

/** The appellant's own words, who it is, and when and how they came. */
export function WhatIsSaid({ appeal }: { appeal: AppealDetail }) {
  const { t } = useTranslation('appeals')
  const nameOf = useNameOf()
  const { text, language, appellant, appellantName, sourceName, externalId, filedById, filedAt, lateReason } = appeal
  const isByHand = externalId === null
  return (
    <Panel
      title={t('said.title')}
      side={
        <span className="row6 sm t3">
          <LangTag code={language} />
          <DateTime at={filedAt} />
        </span>
      }
    >
      <div className="col" style={{ gap: 12 }}>
        <CaptionText text={text} lang={language} fold={fold} />
        <dl className={css.facts}>
          <Fact name={t('said.who')}>
            {t(`appellant.${appellant}`)}
            {appellantName ? (
              <>
                {': '}
                <bdi>{appellantName}</bdi>
              </>
            ) : null}
          </Fact>
          <Fact name={t('said.from')}>
            {isByHand ? t('said.byHand', { name: nameOf(filedById) }) : <bdi>{sourceName}</bdi>}
            {externalId ? (
              <>
                {' '}
                <bdi className="mono t3">{externalId}</bdi>
              </>
            ) : null}
          </Fact>
          {lateReason ? (
            <Fact name={t('said.late')}>
              <span dir="auto">{lateReason}</span>
            </Fact>
          ) : null}
        </dl>
      </div>
    </Panel>
  )
}
