#include "workflows/committee/sector_words.h"

namespace kasundo::committees {

std::string_view InWords(v1::Sector sector) {
  switch (sector) {
    case v1::SECTOR_NATIONAL_GOVERNMENT:
      return "national government";
    case v1::SECTOR_LOCAL_GOVERNMENT:
      return "local government";
    case v1::SECTOR_PRIVATE:
      return "private sector";
    case v1::SECTOR_CIVIL_SOCIETY:
      return "civil society";
    case v1::SECTOR_MIGRANTS:
      return "migrants";
    case v1::SECTOR_FAMILIES:
      return "families";
    case v1::SECTOR_ACADEMIA:
      return "academia";
    case v1::SECTOR_FAITH:
      return "faith groups";
    case v1::SECTOR_LABOUR:
      return "labour";
    case v1::SECTOR_YOUTH:
      return "youth";
    case v1::SECTOR_MEDIA:
      return "media";
    case v1::SECTOR_INTERNATIONAL:
      return "international organisations";
    case v1::SECTOR_LEAGUE:
      return "leagues";
    default:
      return "no sector";
  }
}

}  // namespace kasundo::committees
