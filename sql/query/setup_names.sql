-- Names for the scripts of sql/setup.
-- used by: setup
-- in:  db, user, password
-- out: none
SET @db = ?, @user = ?, @password = ?
