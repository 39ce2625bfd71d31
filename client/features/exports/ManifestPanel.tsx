import { ActionIcon, Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, errorFacts } from '#client/api/call.ts'
import { CopyId } from '#client/ui/CopyId.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import { type Export, getManifest, type Manifest } from '#shared/contract/exports.ts'
import { Who } from './exports.columns.tsx'
import css from './exports.module.css'
import { manifestQuery } from './exports.queries.ts'
import { useSize, useWhat } from './words.ts'

/** What proves a file: its hash, how many rows of what, as of when. */
export function ManifestPanel({ row, onClose }: { row: Export; onClose: () => void }) {
  const { t } = useTranslation('exports')
  const { data, error, refetch } = useQuery(manifestQuery(row.id))
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1} className={css.manifest}>
      <Panel
        title={`${t('manifest')}: ${data?.file ?? ''}`}
        side={
          <>
            <Button
              component="a"
              size="compact-xs"
              href={addressOf(getManifest, { params: { exportId: row.id } })}
              download={data ? `${data.file}.manifest.json` : true}
              leftSection={<IconDownload size={13} aria-hidden />}
            >
              JSON
            </Button>
            <ActionIcon aria-label={t('manifest.close')} onClick={onClose}>
              <IconX size={15} />
            </ActionIcon>
          </>
        }
      >
        {error ? (
          <ErrorState title={t('manifest.failed')} {...errorFacts(error)} onRetry={() => void refetch()} />
        ) : null}
        {data ? <Facts manifest={data} /> : error ? null : <SkeletonText lines={6} />}
      </Panel>
    </div>
  )
}

function Facts({ manifest }: { manifest: Manifest }) {
  const { t } = useTranslation('exports')
  const format = useFormat()
  const size = useSize()
  const { title, period, filters } = useWhat(manifest)
  const left = manifest.leftOut.map((code) => t(`left.${code as 'restricted'}`))
  return (
    <dl className={css.facts}>
      <Fact name={t('column.what')}>
        {[title, period && `${period}, ${manifest.period.timeZone}`].filter(Boolean).join(' · ')}
      </Fact>
      <Fact name={t('fact.filters')}>{filters ?? t('fact.noFilters')}</Fact>
      {left.length > 0 ? <Fact name={t('fact.left')}>{format.list(left)}</Fact> : null}
      <Fact name={t('column.rows')}>{`${format.number(manifest.rows)} · ${size(manifest.bytes)}`}</Fact>
      <Fact name="SHA-256">
        <CopyId id={manifest.sha256} />
      </Fact>
      {manifest.rowsSha256 ? (
        <Fact name={t('fact.rowsSha256')}>
          <CopyId id={manifest.rowsSha256} />
        </Fact>
      ) : null}
      <Fact name={t('fact.seq')}>
        <bdi className="mono">{format.number(manifest.seq)}</bdi>
      </Fact>
      <Fact name={t('fact.asOf')}>
        <DateTime at={manifest.asOf} form="full" zone="utc" /> UTC
        {manifest.isClosed ? <span className="t2"> · {t('closed.text')}</span> : null}
      </Fact>
      <Fact name={t('column.who')}>
        <Who id={manifest.madeBy} />
      </Fact>
      <Fact name={t('fact.columns')}>
        <bdi dir="ltr" className="t2">
          {manifest.columns.join(', ')}
        </bdi>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
