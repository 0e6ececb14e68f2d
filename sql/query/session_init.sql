-- What every connection is set to before anything else; sent as text.
-- used by: none
-- in:  none
-- out: none
SET SESSION
	sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
	tx_isolation = 'READ-COMMITTED',
	innodb_lock_wait_timeout = 2,
	lock_wait_timeout = 5,
	time_zone = '+00:00'
