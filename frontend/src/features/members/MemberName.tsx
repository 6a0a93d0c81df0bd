import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'

interface MemberNameProps {
  person: { user_id: string; name: string; email: string }
}

/** Somebody in a table of people: his name, whether that is the reader, and his e-mail. */
export function MemberName({ person }: MemberNameProps) {
  const me = useMe()
  return (
    <span className="member">
      <span className="member__name">
        {person.name}
        {person.user_id === me.user.id && <span className="member__you"> {t('(you)')}</span>}
      </span>
      <span className="member__email">{person.email}</span>
    </span>
  )
}
