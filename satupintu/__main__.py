from satupintu.config.cli import main

main()
