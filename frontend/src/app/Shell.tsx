import './shell.css'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { may, signOut, switchOrganization } from '@/api/accounts'
import { Bell } from '@/features/notifications'
import { UploadIndicator } from '@/features/uploads'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { useOwnLanguage } from '@/routing/useOwnLanguage'
import { ErrorBoundary } from '@/ui/ErrorBoundary'
import { ChevronDown, KeyRound, LogOut } from '@/ui/icons'
import { Logo } from '@/ui/Logo'
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { ProjectSwitcher } from './ProjectSwitcher'

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

function UserMenu() {
  const me = useMe()
  const queryClient = useQueryClient()
  const router = useRouter()
  const navigate = useNavigate()

  async function leave() {
    try {
      await signOut()
    } catch {
      toast(t('Could not sign out. Check the connection and try again.'), { tone: 'problem' })
      return
    }
    queryClient.clear()
    await navigate({ to: '/sign-in', search: {} })
  }

  async function enter(organizationId: string) {
    const newMe = await switchOrganization(organizationId)
    queryClient.clear()
    queryClient.setQueryData(['me'], newMe)
    await navigate({ to: '/' })
    await router.invalidate()
  }

  return (
    <Menu
      label={t('Account')}
      trigger={
        <Button className="shell__user" aria-label={t('Account of {user}', { user: me.user.name })}>
          <span className="shell__avatar" aria-hidden="true">
            {initials(me.user.name)}
          </span>
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuGroup title={`${me.user.email} · ${me.role_name ?? me.role}`}>
        <MenuItem
          icon={<KeyRound />}
          onAction={() => void navigate({ to: '/account' })}
          description={t('Name, password, API tokens')}
        >
          {t('Account')}
        </MenuItem>
      </MenuGroup>
      {me.organizations.length > 1 && (
        <MenuGroup title={t('Organisation')}>
          {me.organizations.map((organization) => (
            <MenuItem
              key={organization.id}
              isChecked={organization.id === me.organization.id}
              onAction={() => void enter(organization.id)}
            >
              {organization.name}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onAction={() => void leave()}>
        {t('Sign out')}
      </MenuItem>
    </Menu>
  )
}

/** The header around every page but the editor. */
export function Shell() {
  const me = useMe()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  useOwnLanguage()
  return (
    <div className="shell">
      <a className="shell__skip" href="#main">
        {t('Skip to content')}
      </a>
      <header className="shell__header">
        <Link to="/" className="shell__home" aria-label={t('Maskwright home')}>
          <Logo />
        </Link>
        <ProjectSwitcher />
        <nav className="shell__nav" aria-label={t('Main')}>
          <Link to="/" className="shell__link" activeOptions={{ exact: true }}>
            {t('Projects')}
          </Link>
          {may(me, 'view_people') && (
            <Link to="/team" className="shell__link">
              {t('Team')}
            </Link>
          )}
        </nav>
        <UploadIndicator />
        <Bell />
        <UserMenu />
      </header>
      <ErrorBoundary resetKey={pathname}>
        <Outlet />
      </ErrorBoundary>
    </div>
  )
}
