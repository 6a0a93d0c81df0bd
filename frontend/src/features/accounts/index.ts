export { AcceptInvitationPage } from './AcceptInvitationPage'
export { AccountPage } from './AccountPage'
export { SignInPage } from './SignInPage'
