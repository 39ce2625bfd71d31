import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { RuleDraft, RuleVersion } from '#shared/contract/routing.ts'
import { asksNothing, type RoutingRule, type RuleSet } from '#shared/domain/routing.ts'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'
import { rulesQuery, useDiscardDraft, usePublish, useSaveDraft, useTryRules } from '../routing.queries.ts'
import { DryRun, MovedFlags } from './DryRun.tsx'
import { RuleList } from './RuleList.tsx'
import { Versions } from './Versions.tsx'

/** The rules in force, their versions, and the draft of the next one. */
export function RulesTab() {
  const { t } = useTranslation('routing')
  const { data, error, refetch } = useQuery(rulesQuery)
  if (error && !data) {
    return <ErrorState title={t('failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
  }
  if (!data) return <SkeletonText lines={8} />
  return <Rules versions={data.versions} draft={data.draft} />
}

const toSet = ({ rules, lastResortId }: RuleSet): RuleSet => ({ rules, lastResortId })

function Rules({ versions, draft }: { versions: RuleVersion[]; draft: RuleDraft | null }) {
  const { t } = useTranslation('routing')
  const nameOf = useNameOf()
  const mayManage = useMay('queue.manage')
  const [edited, setEdited] = useState<RuleSet | null>(null)
  const [shownVersion, setShownVersion] = useState<number | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  const trial = useTryRules()
  const inForce = versions[0]!
  const shown = versions.find(({ version }) => version === shownVersion) ?? inForce
  const set = edited ?? toSet(shown)
  const isStale = trial.data !== undefined && JSON.stringify(trial.variables) !== JSON.stringify(set)

  function begin(from: RuleSet) {
    setEdited(toSet(from))
    setShownVersion(null)
    trial.reset()
  }

  function add() {
    const rule: RoutingRule = { id: crypto.randomUUID(), name: '', queueId: set.lastResortId, when: nothing }
    setEdited({ ...set, rules: [...set.rules, rule] })
    setOpenId(rule.id)
  }

  return (
    <div className={css.split}>
      <div className={css.main}>
        <div className={css.head}>
          <h2>
            {edited
              ? t('rules.draft', { version: draft?.basedOn ?? inForce.version })
              : shown === inForce
                ? t('rules.inForce', { version: shown.version })
                : t('rules.version', { version: shown.version })}
          </h2>
          <span className="sm t3">{t('rules.first')}</span>
          <span className="push" />
          {!edited && draft ? (
            <span className="sm t2">{t('rules.draftBy', { name: nameOf(draft.changedById) })}</span>
          ) : null}
          {mayManage && !edited ? (
            <Button variant="filled" onClick={() => begin(draft ?? shown)}>
              {t(draft ? 'rules.continue' : shown === inForce ? 'rules.edit' : 'rules.begin')}
            </Button>
          ) : null}
          {edited ? (
            <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
              {t('rules.add')}
            </Button>
          ) : null}
        </div>
        <RuleList
          set={set}
          onChange={edited ? setEdited : null}
          trial={isStale ? null : (trial.data ?? null)}
          openId={openId}
          onOpen={setOpenId}
        />
        {trial.data && trial.data.moved.length > 0 ? <MovedFlags trial={trial.data} /> : null}
      </div>
      <div className={css.side}>
        {edited ? (
          <DraftPanel
            set={edited}
            draft={draft}
            onDone={(version) => {
              setEdited(null)
              setOpenId(null)
              trial.reset()
              if (version !== null) announce(t('rules.published', { version }))
            }}
          />
        ) : null}
        {mayManage ? (
          <DryRun
            trial={trial.data ?? null}
            isStale={isStale}
            isRunning={trial.isPending}
            error={trial.error}
            onRun={() => trial.mutate(set)}
          />
        ) : null}
        <Versions
          versions={versions}
          shown={edited ? null : shown.version}
          set={set}
          onShow={(version) => {
            setEdited(null)
            setShownVersion(version)
            trial.reset()
          }}
        />
      </div>
    </div>
  )
}

const nothing: RoutingRule['when'] = {
  clauses: [],
  sources: [],
  languages: [],
  platforms: [],
  accountStatuses: [],
  reachMin: null,
  scoreMin: null,
}

type DraftProps = { set: RuleSet; draft: RuleDraft | null; onDone: (published: number | null) => void }

/** Keeps, throws away or publishes what is being written. What is published is kept first. */
function DraftPanel({ set, draft, onDone }: DraftProps) {
  const { t } = useTranslation('routing')
  const [change, setChange] = useState('')
  const save = useSaveDraft()
  const publish = usePublish()
  const discard = useDiscardDraft()
  const version = draft?.version ?? 0
  const isKept = draft !== null && JSON.stringify(toSet(draft)) === JSON.stringify(set)
  const isSound = !set.rules.some(asksNothing)
  const isBusy = save.isPending || publish.isPending || discard.isPending

  async function put() {
    try {
      const kept = isKept ? draft : await save.mutateAsync({ set, version })
      const published = await publish.mutateAsync({ version: kept.version, change: change.trim() })
      onDone(published.version)
    } catch {
      // The refusal is shown.
    }
  }

  return (
    <Panel title={t('rules.publish.title')}>
      <div className={css.form}>
        <p className="sm t2">{t('rules.publish.text')}</p>
        <TextInput
          label={t('why')}
          placeholder={t('why.hint')}
          maxLength={500}
          value={change}
          onChange={(event) => setChange(event.currentTarget.value)}
        />
        <Refused error={publish.error ?? save.error ?? discard.error} />
        <div className={css.acts}>
          <Button variant="filled" disabled={!isSound || change.trim() === '' || isBusy} onClick={() => void put()}>
            {t('rules.publish')}
          </Button>
          <Button
            disabled={!isSound || isKept || isBusy}
            onClick={() => save.mutate({ set, version }, { onSuccess: () => announce(t('rules.kept')) })}
          >
            {t('rules.keep')}
          </Button>
          <Button
            disabled={isBusy}
            onClick={() => {
              if (!draft) return onDone(null)
              discard.mutate(draft.version, {
                onSuccess: () => {
                  announce(t('rules.discarded'))
                  onDone(null)
                },
              })
            }}
          >
            {t('rules.discard')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
