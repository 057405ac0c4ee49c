-- When an app that was cut off came back by a new login; null while it is out. Logins up to
-- cut_off_at stay refused.
alter table member_client add column returned_at timestamptz;
