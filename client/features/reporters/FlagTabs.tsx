import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { ListTab, ListTabs } from '#client/ui/list/ListTabs.tsx'

/** Flags, and for those who may know them, who sent them. */
export function FlagTabs({ on }: { on: 'flags' | 'reporters' }) {
  const { t } = useTranslation('reporters')
  const mayKnow = useMay('reporter.read')
  return (
    <ListTabs label={t('tabs')}>
      <ListTab to="/flags" search={{}} isOn={on === 'flags'}>
        {t('flags.title')}
      </ListTab>
      {mayKnow ? (
        <ListTab to="/flags/reporters" search={{}} isOn={on === 'reporters'}>
          {t('title')}
        </ListTab>
      ) : null}
    </ListTabs>
  )
}
