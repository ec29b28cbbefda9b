const USERS_PAGE = 'https://go.xero.com/Settings/Users';
const ORGANISATION_LOGIN = 'https://go.xero.com/organisationlogin/default.aspx';

/**
 * The page in Xero where an admin invites, changes and removes people (xero.md §5).
 * With a short code it opens in that organisation, else in the one last used.
 */
export function userManagementPage(shortCode: string | null): string {
  if (shortCode === null) return USERS_PAGE;
  // Half a surrogate pair has no encoding.
  const code = encodeURIComponent(shortCode.replace(/\p{Surrogate}/gu, '\ufffd'));
  return `${ORGANISATION_LOGIN}?shortcode=${code}&redirecturl=%2FSettings%2FUsers`;
}
