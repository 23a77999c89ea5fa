"""Places of one council: wards of any vintage, gazetteer, geocoder and maps. Pure: files in, answers out."""
