-- As an administrator of the server: the database.  @db is its name.
EXECUTE IMMEDIATE CONCAT('CREATE DATABASE IF NOT EXISTS `', REPLACE(@db, '`', '``'),
	'` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
