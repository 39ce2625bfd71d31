import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Role } from '#shared/domain/permissions.ts'

type Props = {
  role: Role
  onRole: (role: Role) => void
  /** All but those left out. */
  roles?: readonly Role[]
  hint?: string
  isReadOnly?: boolean
}

/** A role, with what it is for. */
export function RoleField({ role, onRole, roles = Role.options, hint, isReadOnly = false }: Props) {
  const { t } = useTranslation('people')
  return (
    <Select
      label={t('role.label')}
      description={hint ?? t(`role.${role}.text`)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      value={role}
      disabled={isReadOnly}
      allowDeselect={false}
      onChange={(value) => value && onRole(value as Role)}
    />
  )
}
