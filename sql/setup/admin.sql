-- As an administrator of the server: caas_admin may change the schema of @db and hand on rights in it.
EXECUTE IMMEDIATE CONCAT('GRANT ALL PRIVILEGES ON `', REPLACE(@db, '`', '``'), '`.* TO caas_admin@''%'' WITH GRANT OPTION');
