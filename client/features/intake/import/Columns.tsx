import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '#client/ui/Panel.tsx'
import type { ImportReading, ImportShape } from '#shared/contract/imports.ts'
import { type ImportField, importFields, neededFields, rejectColumns } from '#shared/domain/import-fields.ts'
import { SourceKind } from '#shared/domain/words.ts'
import css from '../intake.module.css'

/** Changes the reading as it is by then: two fields may be left one right after the other. */
export type ChangeReading = (make: (reading: ImportReading) => Partial<ImportReading>) => void

type Props = {
  shape: ImportShape
  reading: ImportReading
  isDisabled: boolean
  onChange: ChangeReading
}

const own: readonly string[] = Object.values(rejectColumns)
/** What people say once for a whole file. */
const forAll = ['source.name', 'source.kind', 'post.platform'] as const satisfies readonly ImportField[]

/** What each column says, and what is said for all rows. */
export function Columns({ shape, reading, isDisabled, onChange }: Props) {
  const { t } = useTranslation('intake')
  const { t: tUi } = useTranslation('ui')
  const { mapping, constants } = reading
  const headers = shape.headers.filter((header) => header !== '' && !own.includes(header))
  const fieldOf = (header: string) => importFields.find((field) => mapping[field] === header) ?? null

  function say(header: string, field: ImportField | null) {
    onChange(({ mapping: before }) => {
      const others = Object.entries(before).filter(([each, column]) => column !== header && each !== field)
      return { mapping: Object.fromEntries(field ? [...others, [field, header]] : others) }
    })
  }

  function sayForAll(field: ImportField, value: string) {
    onChange(({ constants: before }) => {
      const others = Object.entries(before).filter(([each]) => each !== field)
      return { constants: Object.fromEntries(value === '' ? others : [...others, [field, value]]) }
    })
  }

  const needed = neededFields.flat()
  const choices = importFields.map((field) => ({ value: field, label: t(`field.${field}`) }))
  return (
    <>
      <Panel
        title={t('import.columns')}
        side={<span className="xs t3">{t('import.columnCount', { count: headers.length })}</span>}
      >
        <div className={css.columns}>
          {headers.map((header) => (
            <div key={header} className={css.column}>
              <bdi className="cut mono" title={header}>
                {header}
              </bdi>
              <Select
                size="xs"
                aria-label={`${header}: ${t('import.says')}`}
                placeholder={t('import.nothing')}
                searchable
                clearable
                disabled={isDisabled}
                limit={40}
                value={fieldOf(header)}
                onChange={(field) => say(header, field as ImportField | null)}
                data={choices}
              />
            </div>
          ))}
        </div>
      </Panel>
      <Panel title={t('import.forAll')} side={<span className="xs t3">{t('import.forAll.help')}</span>}>
        <div className={css.constants}>
          {forAll
            .filter((field) => !mapping[field])
            .map((field) =>
              field === 'source.kind' ? (
                <Select
                  key={field}
                  size="xs"
                  label={t(`field.${field}`)}
                  disabled={isDisabled}
                  value={constants[field] ?? 'user_report'}
                  onChange={(value) => sayForAll(field, value ?? '')}
                  data={SourceKind.options.map((kind) => ({ value: kind, label: tUi(`source.${kind}`) }))}
                  allowDeselect={false}
                />
              ) : (
                <TextInput
                  key={field}
                  size="xs"
                  label={t(`field.${field}`)}
                  withAsterisk={needed.includes(field)}
                  dir="ltr"
                  maxLength={100}
                  disabled={isDisabled}
                  defaultValue={constants[field] ?? ''}
                  onBlur={(event) => sayForAll(field, event.currentTarget.value.trim())}
                />
              ),
            )}
        </div>
      </Panel>
    </>
  )
}
